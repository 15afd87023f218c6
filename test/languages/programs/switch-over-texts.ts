function order(by: string): string {
  switch (by) {
    case 'name':
    case 'id':
      return by;
    case 'date':
      note(by);
      break;
    default:
      return 'id';
  }
  return 'date';
}
