"""Heads over all incidents, and how far each had come."""

import sqlalchemy as sa
from alembic import op

import register.schema

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('heads',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', register.schema.Instant(), nullable=False),
    sa.Column('incidents', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=20), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_heads'))
    )
    op.create_table('head_states',
    sa.Column('head', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('incident', sa.String(length=40), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('head', 'incident', name=op.f('pk_head_states'))
    )
    with op.batch_alter_table('head_states', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_head_states_incident_seq'), ['incident', 'seq'], unique=False)


def downgrade() -> None:
    op.drop_table('head_states')
    op.drop_table('heads')
