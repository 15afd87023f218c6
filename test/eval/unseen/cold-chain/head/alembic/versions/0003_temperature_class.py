"""temperature class of a shipment

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("shipments", sa.Column("temperature_class", sa.String(8), nullable=True))
    op.execute(
        """
        UPDATE shipments s
        SET temperature_class = CASE
            WHEN r.average < -12 THEN 'frozen'
            WHEN r.average < 10 THEN 'chilled'
            ELSE 'ambient'
        END
        FROM (SELECT shipment_id, avg(celsius) AS average FROM readings GROUP BY shipment_id) r
        WHERE r.shipment_id = s.id
        """
    )
    op.execute("UPDATE shipments SET temperature_class = 'chilled' WHERE temperature_class IS NULL")
    op.alter_column("shipments", "temperature_class", nullable=False)
    op.create_check_constraint(
        "shipments_temperature_class_check",
        "shipments",
        "temperature_class IN ('frozen', 'chilled', 'ambient')",
    )


def downgrade() -> None:
    op.drop_constraint("shipments_temperature_class_check", "shipments")
    op.drop_column("shipments", "temperature_class")
