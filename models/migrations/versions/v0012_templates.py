"""Word templates of the offices, with their versions"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import models.tables.types

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'template',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('lead', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('file', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('loaded_at', models.tables.types.Moment(), nullable=False),
        sa.Column('loaded_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('lead', 'kind', 'version'),
    )
    op.create_index(op.f('ix_template_lead'), 'template', ['lead'], unique=False)


def downgrade() -> None:
    op.drop_table('template')
