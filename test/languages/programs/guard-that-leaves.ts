function check(user: User, owner: string): void {
  if (!user.active || (user.id !== owner && owner !== '')) {
    return;
  }
  remove(user.id);
}
