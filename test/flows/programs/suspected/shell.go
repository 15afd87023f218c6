// --- a part of a shell's text
package run
import "os/exec"
func Archive(name string) error {
	return exec.Command("sh", "-c", "tar cf out.tar "+name).Run() // ! medium? command-injection
}
// --- which program it is: no shell reads it
package run
import ("os"; "os/exec")
type Hooks struct{ Directory string }
func (h Hooks) Invoke(kind string) error {
	path := h.Directory + string(os.PathSeparator) + kind
	return exec.Command(path).Run()
}
