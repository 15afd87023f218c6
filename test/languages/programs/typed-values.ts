interface User {
  name: string;
  age: number;
  tags: string[];
  by: Record<string, Role>;
}
function show(user: User, at: Date, names: Record<string, string>): User[] {}
