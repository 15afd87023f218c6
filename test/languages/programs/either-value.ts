function name(user: User) {
  const shown = user.nick || user.name;
  const both = user.nick && user.name;
  return user.old && !shown ? both : shown;
}
