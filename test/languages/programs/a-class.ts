class Users extends Base {
  size: number = 10;
  find(id: string): string {
    this.last = id;
    return this.db.query(id, this.size);
  }
}
