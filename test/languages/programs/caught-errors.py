async def get(id: str):
    try:
        await fetch(id)
    except:
        raise lost
    finally:
        close()
