"""Drafts of a unit's page, its links issued anew, and files that came with a report"""

import sqlalchemy as sa
from alembic import op

from models.tables.types import Moment

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('page_link',
        sa.Column('cycle', sa.String(), nullable=False),
        sa.Column('unit', sa.String(), nullable=False),
        sa.Column('generation', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('changed_at', Moment(), nullable=False),
        sa.PrimaryKeyConstraint('cycle', 'unit'),
    )
    op.create_table('draft',
        sa.Column('assignment_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('answers', sa.String(), nullable=False),
        sa.Column('attachments', sa.String(), nullable=False),
        sa.Column('follows', sa.Integer(), nullable=True),
        sa.Column('saved_at', Moment(), nullable=False),
        sa.Column('saved_by', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id']),
        sa.PrimaryKeyConstraint('assignment_id'),
    )
    op.create_table('attachment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('submission_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('file_sha256', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['submission_id'], ['submission.id']),
        sa.PrimaryKeyConstraint('id'),
    )
    with op.batch_alter_table('attachment') as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_submission_id'), ['submission_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('attachment') as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_submission_id'))
    op.drop_table('attachment')
    op.drop_table('draft')
    op.drop_table('page_link')
