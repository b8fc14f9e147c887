"""What a document was made from, and its way to issue; which reports each document rests on"""

import sqlalchemy as sa
from alembic import op

from models.tables.types import Moment

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

_TEXTS = ('snapshot', 'relation', 'scan_sha256', 'scan_name', 'archive_sha256', 'flags')
_MOMENTS = ('state_since', 'dispatched_at')


def upgrade() -> None:
    with op.batch_alter_table('document') as batch_op:
        for name in _TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=''))
        for name in _MOMENTS:
            batch_op.add_column(sa.Column(name, Moment(), nullable=True))
        batch_op.add_column(sa.Column('relates_to', sa.Integer(), nullable=True))
    op.create_table(
        'document_source',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('document_id', sa.Integer(), sa.ForeignKey('document.id'), nullable=False),
        sa.Column('cycle', sa.String(), nullable=False),
        sa.Column('unit', sa.String(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.UniqueConstraint('document_id', 'cycle', 'unit'),
    )
    op.create_index('ix_document_source', 'document_source', ['cycle', 'unit'])


def downgrade() -> None:
    op.drop_table('document_source')
    with op.batch_alter_table('document') as batch_op:
        for name in ('relates_to', *reversed(_MOMENTS), *reversed(_TEXTS)):
            batch_op.drop_column(name)
