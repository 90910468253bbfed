"""Which mails go out first."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

OPEN, REFUSED = "state IN ('antre', 'dikirim', 'ragu')", "state = 'gagal'"


def upgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lane', sa.Integer(), nullable=False, server_default='2'))
    op.execute("UPDATE outbox SET lane = 1 WHERE template IN ('tanda_terima', 'sudah_tercatat', 'surat_biasa')")
    op.execute("UPDATE outbox SET lane = 0 WHERE asks OR template IN ('karantina', 'surat_lain', 'kabar_pelapor', "
               "'perjelas_surat', 'perjelas_karantina', 'kabar_terlambat')")
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.alter_column('lane', existing_type=sa.Integer(), server_default=None)
        batch_op.drop_index('ix_outbox_state_not_before')
        batch_op.create_index('ix_outbox_person_template_queued_at', ['person', 'template', 'queued_at'])
    for name, columns, state in (('ix_outbox_lane_id', ['lane', 'id'], OPEN), ('ix_outbox_refused', ['id'], REFUSED)):
        where = sa.text(state)
        op.create_index(name, 'outbox', columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index('ix_outbox_refused', table_name='outbox')
    op.drop_index('ix_outbox_person_template_queued_at', table_name='outbox')
    op.drop_index('ix_outbox_lane_id', table_name='outbox')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_state_not_before', ['state', 'not_before'], unique=False)
        batch_op.drop_column('lane')
