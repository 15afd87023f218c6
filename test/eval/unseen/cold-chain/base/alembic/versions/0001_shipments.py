"""shipments

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "shipments",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("carrier", sa.String(16), nullable=False),
        sa.Column("carrier_ref", sa.String(40), nullable=False),
        sa.Column("consignee", sa.String(120), nullable=False),
        sa.Column("status", sa.String(16), nullable=False, server_default="announced"),
        sa.Column("picked_up_at", sa.DateTime(timezone=True)),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.UniqueConstraint("carrier", "carrier_ref", name="shipments_carrier_ref_key"),
    )


def downgrade() -> None:
    op.drop_table("shipments")
