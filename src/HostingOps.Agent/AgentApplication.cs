using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.Commands;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Terminal;

namespace HostingOps.Agent;

/// <summary>The whole program but its process: reads the command line, runs the command, turns what it throws into a line and an exit code.</summary>
internal sealed class AgentApplication
{
    private readonly AgentTerminal terminal;
    private readonly LastingWriter output;
    private readonly TimeProvider time;
    private readonly SharedOptions shared = new();
    private readonly RootCommand root = new("Check small websites, fail them over by Route 53, prove it, undo it, and rehearse all of it.");

    public AgentApplication(AgentTerminal terminal, TimeProvider time)
        : this(terminal, time, [new CheckCommand(), new WatchCommand(), new FailoverCommand(), new UndoCommand(), new ResumeCommand(), new HistoryCommand(), new SyncCommand(), new DdnsCommand(), new WitnessCommand(), new DrillCommand()])
    {
    }

    internal AgentApplication(AgentTerminal terminal, TimeProvider time, IReadOnlyList<IAgentCommand> commands)
    {
        output = new LastingWriter(terminal.Out);
        this.terminal = terminal with { Out = output, Error = new LastingWriter(terminal.Error) };
        this.time = time;
        shared.AddTo(root);
        var examples = new Dictionary<Command, IReadOnlyList<(string CommandLine, string Effect)>>
        {
            [root] =
            [
                ("hostingops drill", "Rehearse everything in a sandbox; needs no AWS account and no configuration."),
                ("hostingops check", "Say which sites are down."),
                ("hostingops failover --down", "Move the sites whose live host is down, after showing the plan and asking."),
            ],
        };
        foreach (var command in commands)
        {
            command.Command.SetAction(async (parse, cancellationToken) => (int)await RunAsync(command, parse, cancellationToken));
            root.Subcommands.Add(command.Command);
            examples[command.Command] = command.Examples;
        }

        var help = root.Options.OfType<HelpOption>().Single();
        var usual = (HelpAction)help.Action!;
        usual.MaxWidth = Math.Max(80, terminal.Width);
        help.Action = new ExampleHelp(usual, examples);
    }

    /// <summary>Runs one command line.</summary>
    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var parse = root.Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (parse.Errors.Count == 0)
        {
            var code = (ExitCode)await parse.InvokeAsync(configuration, cancellationToken);
            return output.Failure is null ? code : Unprinted(Context(parse), code);
        }

        Context(parse).Errors.Error(UsageError(parse));
        return ExitCode.Usage;
    }

    private async Task<ExitCode> RunAsync(IAgentCommand command, ParseResult parse, CancellationToken cancellationToken)
    {
        var context = Context(parse);
        try
        {
            return await command.RunAsync(parse, context, cancellationToken);
        }
        catch (HostingException error)
        {
            context.Errors.Error(error);
            return ExitCodeTable.For(error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var error = new HostingException(
                ErrorIds.Interrupted, HostingErrorCategory.NotSpecified, command.Command.Name, $"`hostingops {command.Command.Name}` was interrupted.");
            context.Errors.Error(error);
            return ExitCodeTable.For(error);
        }
        catch (Exception error)
        {
            // A fault of ours: whoever reports it needs the stack.
            if (context.Verbose)
            {
                context.Errors.Note(error.ToString());
            }

            context.Errors.Error(new HostingException(
                ErrorIds.Unexpected,
                HostingErrorCategory.NotSpecified,
                command.Command.Name,
                $"{error.GetType().Name}: {error.Message}",
                "This should not happen. Run it again with --verbose for the details, and report them.",
                error));
            return ExitCode.Error;
        }
    }

    // The work was done all the same; whoever reads only the exit code must learn that there was more to read.
    private ExitCode Unprinted(AgentContext context, ExitCode code)
    {
        context.Errors.Error(new HostingException(
            ErrorIds.OutputFailed,
            HostingErrorCategory.ResourceUnavailable,
            "stdout",
            $"The output could not be written to its end: {output.Failure}. The work went on without it.",
            "`hostingops history` shows what was done, and `hostingops history --resumable` what is left to finish."));
        return ExitCodeTable.Worst([code, ExitCode.Unprinted]);
    }

    private AgentContext Context(ParseResult parse) => AgentContext.Of(parse, shared, terminal, time);

    private HostingException UsageError(ParseResult parse)
    {
        var command = parse.CommandResult.Command == root ? "" : $" {parse.CommandResult.Command.Name}";
        var unmatched = parse.UnmatchedTokens.Count > 0 ? parse.UnmatchedTokens[0] : null;
        var message = unmatched is not null && parse.CommandResult.Command == root
            ? $"There is no command '{unmatched}'.{NamedValues.Near(unmatched, root.Subcommands.Select(static sub => sub.Name))}"
            : string.Join(" ", parse.Errors.Select(Words).Distinct(StringComparer.Ordinal));
        return new HostingException(
            ErrorIds.InvalidArgument,
            HostingErrorCategory.InvalidArgument,
            unmatched ?? parse.CommandResult.Command.Name,
            message,
            $"See `hostingops{command} --help`.");
    }

    private static string Words(ParseError error) =>
        error.SymbolResult is CommandResult { Command: RootCommand } ? "No command is given." : error.Message.ReplaceLineEndings(" ").Trim();
}
