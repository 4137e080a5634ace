// The help of the course.

export const lesson = `Usage: cgi-workbench lesson list [DIR] [--language CODE] [--json]
       cgi-workbench lesson start ID [DIR] [options]
       cgi-workbench lesson check [DIR] [options]
       cgi-workbench lesson reset [DIR] [--trust]
       cgi-workbench lesson verify [LESSON...] [options]
       cgi-workbench lesson new ID [DIR] [--from-trace FILE]
       cgi-workbench lesson hand-out ID|FOLDER [FILE] [--code LANGUAGE]
       cgi-workbench lesson collect ZIP... [options]
       cgi-workbench lesson report WORK... [options]

A lesson is a folder with a text, scripts to begin with, a solution, and checks.
The work on it is a folder of its own, with the progress in a hidden file.

list    prints the course; works on its lessons in DIR (default: the current
        folder) are marked: started, passed.
start   makes the folder DIR (default: ./ID) with the files of the lesson. ID is
        one of the course's, or the path of another lesson.
  --code LANGUAGE  the language of the scripts; default: the first that the
                   lesson has and this machine can run
  --as NAME        whose work it is; kept in the folder
  --trust          run this lesson, as it is now, though it is not of the course
check   runs the checks of the work in DIR (default: the current folder) in a
        copy of it, with new values each time.
  --seed SEED      the values of an earlier check; each check prints its seed
  --language CODE  the sentences in another language, as far as there are any
  --junit FILE     write a report in JUnit's XML, too
  --json           print the report as JSON instead
  --trust          as for start
reset   puts the files back as they were at the start. The earlier ones stay in
        a hidden folder. --trust: as for start.
verify  says whether lessons are right (default: all of the course): nothing is
        missing, the start fails, the solution passes with every value, and each
        wrong answer fails exactly its checks with exactly its remarks.
  --rounds N       how often each solution is checked; default: 3
  --seed SEED, --trust, --json: as above; --json prints one line for each check
new     begins a lesson in DIR/ID (default: ./ID): a small one that is right, in
        Python, Perl and shell, whose words and scripts are yours to change.
  --from-trace FILE  from a trace that was exported: its script is the solution,
                     its response the check
hand-out  makes one ZIP (default: ./ID.zip) for a class: the work on a lesson of
        the course at its start, or a folder as it is, such as a lesson of one's
        own, or scripts with their saved requests.
collect  unpacks what a class hands in, each ZIP into a new folder, and reports.
  --into DIR       the folder above them; default: ./works
  --csv, --lesson, --seed, --trust, --json: as for report
report  checks every WORK again, with the same fresh values for all, and says
        who passed. It believes nothing that a work says of its progress. It
        names works with the same code of more than 20 lines, whatever their
        names and comments.
  --csv FILE       write a table, too
  --lesson FOLDER  works that name a lesson of this folder's name are on it
  --trust          run the works, which are programs of other people, and the
                   lesson of --lesson; without it, the files are only named
  --seed SEED, --json: as above

Exit code: 0 if all is right or has passed, 1 if a check failed, 2 for wrong
use, a work that could not be checked, a lesson that is not right or not
trusted; 130 after Ctrl+C.
`;
