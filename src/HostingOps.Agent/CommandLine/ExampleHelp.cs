using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using HostingOps.Agent.ExitCodes;

namespace HostingOps.Agent.CommandLine;

/// <summary>The usual help, then examples and exit codes.</summary>
internal sealed class ExampleHelp(HelpAction usual, IReadOnlyDictionary<Command, IReadOnlyList<(string CommandLine, string Effect)>> examples)
    : SynchronousCommandLineAction
{
    // --help after a wrong option should help, not complain.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var own))
        {
            output.WriteLine("Examples:");
            foreach (var (commandLine, effect) in own)
            {
                output.WriteLine($"  {commandLine}");
                output.WriteLine($"      {effect}");
            }

            output.WriteLine();
        }

        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in ExitCodeTable.Meanings)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(int)code,3}  {meaning}"));
        }

        return (int)ExitCode.Success;
    }
}
