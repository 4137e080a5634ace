# Where the script's own modules lie: beside the file itself, which the script's path may only link to.
import sys
from os.path import dirname, realpath


class ScriptFolder:
    """`folder`: where Python looks for modules first. `folders`: how the names of the script's own files begin."""

    def __init__(self, path):
        self.path = path
        self.folder = None
        self.find_folder()

    def find_folder(self):
        """Again when the file is another one: a link may lead elsewhere by then."""
        before, self.folder = self.folder, dirname(realpath(self.path))
        self.folders = self.folder + "/", dirname(self.path) + "/"
        sys.path[:] = [self.folder if one == before else one for one in sys.path]

    def owns(self, module):
        """A folder without __init__.py is a module without a file. It may lie in several places."""
        file = getattr(module, "__file__", None)
        if isinstance(file, str):
            return file.startswith(self.folders)
        try:
            places = [one + "/" for one in module.__path__]
        except KeyError:
            return True  # of a folder whose parent the script has taken out of sys.modules
        except Exception:  # whatever is in sys.modules may raise anything
            return False
        return bool(places) and all(one.startswith(self.folders) for one in places)
