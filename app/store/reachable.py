"""What stands on some services, and what these stand on in turn: the chain walked by the database, redundant or not."""

from typing import Any

from sqlalchemy import Select, select

from app.store.tables import requirement, requirement_member


def standing_on(services: Select[Any], name: str = "above") -> Select[Any]:
    """These services (one column of ids) and all that stand on them. `name` tells two walks in one statement apart."""
    above = services.cte(name, recursive=True)
    above = above.union(
        select(requirement.c.service_id)
        .join(requirement_member, requirement_member.c.requirement_id == requirement.c.id)
        .join(above, above.c.id == requirement_member.c.service_id)
    )
    return select(above.c.id)


def beneath(services: Select[Any], name: str = "below") -> Select[Any]:
    """These services (one column of ids) and all that they stand on."""
    below = services.cte(name, recursive=True)
    below = below.union(
        select(requirement_member.c.service_id)
        .join(requirement, requirement.c.id == requirement_member.c.requirement_id)
        .join(below, below.c.id == requirement.c.service_id)
    )
    return select(below.c.id)
