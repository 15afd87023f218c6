"""wallets and holds

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "wallets",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("rider_id", sa.Uuid, nullable=False, index=True),
        sa.Column("available", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("held", sa.BigInteger, nullable=False, server_default="0"),
    )
    op.create_table(
        "holds",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("wallet_id", sa.Uuid, sa.ForeignKey("wallets.id"), nullable=False, index=True),
        sa.Column("gate", sa.String(32), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False, server_default="open"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.create_table("top_up_keys", sa.Column("key", sa.String(64), primary_key=True))


def downgrade() -> None:
    op.drop_table("top_up_keys")
    op.drop_table("holds")
    op.drop_table("wallets")
