"""Watermarks of watched folders, leases of desks, and what staff wrote into the workbook."""

import sqlalchemy as sa
from alembic import op

import register.schema

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('leases',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('owner', sa.String(length=80), nullable=False),
    sa.Column('until', register.schema.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_leases'))
    )
    op.create_table('staff_notes',
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('incident', sa.String(length=40), nullable=False),
    sa.Column('heading', sa.String(length=200), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('place', 'incident', 'heading', name=op.f('pk_staff_notes'))
    )
    op.create_table('watermarks',
    sa.Column('account', sa.String(length=200), nullable=False),
    sa.Column('folder', sa.String(length=200), nullable=False),
    sa.Column('uidvalidity', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('upto', sa.BigInteger(), nullable=False),
    sa.Column('whole_at', register.schema.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('account', 'folder', 'uidvalidity', name=op.f('pk_watermarks'))
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_events_at'), ['at'], unique=False)
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_dot_at'), ['dot_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_dot_at'))
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_events_at'))
    op.drop_table('watermarks')
    op.drop_table('staff_notes')
    op.drop_table('leases')
