"""When each mail was received and who its From field names; mail from before the office began."""

import sqlalchemy as sa
from alembic import op

import register.schema

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('mails', schema=None) as batch_op:
        batch_op.add_column(sa.Column('received', register.schema.Instant(), nullable=True))
        batch_op.add_column(sa.Column('author', sa.String(length=320), nullable=False, server_default=''))
    op.execute("UPDATE mails SET received = collected_at")  # of older mail nothing else is known
    with op.batch_alter_table('mails', schema=None) as batch_op:
        batch_op.alter_column('received', existing_type=register.schema.Instant(), nullable=False)
        batch_op.alter_column('author', existing_type=sa.String(length=320), server_default=None)
        batch_op.create_index(batch_op.f('ix_mails_author_arrival'), ['author', 'arrival'], unique=False)
    op.create_table('passed_over',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('account', sa.String(length=200), nullable=False),
    sa.Column('folder', sa.String(length=200), nullable=False),
    sa.Column('uidvalidity', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('uid', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('received', register.schema.Instant(), nullable=False),
    sa.Column('sender', sa.String(length=320), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passed_over')),
    sa.UniqueConstraint('account', 'folder', 'uidvalidity', 'uid', name=op.f('uq_passed_over_account_folder_uidvalidity_uid'))
    )
    with op.batch_alter_table('passed_over', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passed_over_received'), ['received'], unique=False)


def downgrade() -> None:
    op.drop_table('passed_over')
    with op.batch_alter_table('mails', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mails_author_arrival'))
        batch_op.drop_column('author')
        batch_op.drop_column('received')
