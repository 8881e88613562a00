// The options of the program. The build makes a parser and the help from this.

include "llvm/Option/OptParser.td"

class Both<string name, OptionKind kind, string help>
    : Option<["--", "-"], name, kind>, HelpText<help>;
class Switch<string name, string help> : Both<name, KIND_FLAG, help>;
class Value<string name, string meta, string help>
    : Both<name # "=", KIND_JOINED, help>, MetaVarName<meta>;

def which : OptionGroup<"which">, HelpText<"WHAT TO ANALYSE">;
def build : Option<["-"], "p", KIND_JOINED_OR_SEPARATE>, Group<which>, MetaVarName<"<folder>">,
    HelpText<"Build folder with compile_commands.json; else build, out, cmake-build-debug and _build "
             "are searched, here and above">;
def checks : Value<"checks", "<globs>", "Comma-separated checks, * for any, - in front to leave out">,
    Group<which>;
def evidence : Value<"evidence", "<least>",
    "Report from here up: proven, likely or possible; else each check's own default">, Group<which>;
def models : Value<"models", "<file>", "Model file of your own; may be given several times">, Group<which>;
def extra_arg : Value<"extra-arg", "<flag>", "Compiler flag to append">, Group<which>;
def extra_arg_before : Value<"extra-arg-before", "<flag>", "Compiler flag to put first">, Group<which>;

def output : OptionGroup<"output">, HelpText<"OUTPUT">;
def sarif : Value<"sarif", "<file>", "Write SARIF 2.1.0 too; - for the standard output alone">, Group<output>;
def root : Value<"root", "<folder>", "Folder that SARIF's paths are relative to; else the repository's root">,
    Group<output>;
def quiet : Switch<"quiet", "No progress and no summary">, Group<output>;
def color : Switch<"color", "Colours even if the output is no terminal">, Group<output>;
def no_color : Switch<"no-color", "No colours">, Group<output>;
def stats : Switch<"stats", "Tell where the time went">, Group<output>;
def stats_EQ : Value<"stats", "<file>", "Write it as JSON">, Group<output>;
def explain_silence : Switch<"explain-silence", "Tell what was not judged, and why">, Group<output>;
def dump_EQ : Value<"dump", "skeleton", "Print what the analysis sees instead of judging it">, Group<output>;
def exit_zero : Switch<"exit-zero", "Exit with 0 although there are findings">, Group<output>;

def general : OptionGroup<"general">, HelpText<"GENERAL">;
def jobs : Option<["-"], "j", KIND_JOINED_OR_SEPARATE>, Group<general>, MetaVarName<"<n>">,
    HelpText<"Units at a time; else one for each core">;
def list_checks : Switch<"list-checks", "List all checks">, Group<general>;
def version : Switch<"version", "Print the version">, Group<general>;
def help : Switch<"help", "Print this">, Group<general>;
def h : Flag<["-"], "h">, Alias<help>;

def verify : Switch<"verify", "Hold the findings against expected-warning comments">, Flags<[HelpHidden]>;
