"""Sections of a Báo cáo as the coordinator edited them"""

import sqlalchemy as sa
from alembic import op

from models.tables.types import Moment

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'section_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('cycle', sa.String(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('basis', sa.String(), nullable=False),
        sa.Column('edited_by', sa.String(), nullable=False),
        sa.Column('edited_at', Moment(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('cycle', 'code', 'version'),
    )
    op.create_index('ix_section_text_cycle', 'section_text', ['cycle'])


def downgrade() -> None:
    op.drop_table('section_text')
