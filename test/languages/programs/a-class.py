class Users(Base):
    size: int = 10
    def find(self, id: str) -> str:
        self.last = id
        return self.db.query(id, self.size)
