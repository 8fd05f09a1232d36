using System.CommandLine;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Engine;
using HostingOps.Engine.Failover;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops resume</c>: finishes operations that were cut off.</summary>
internal sealed class ResumeCommand : IAgentCommand
{
    private readonly Argument<string?> operation = NamedValues.Operation("The operation's id or its unique beginning; all that were cut off when none is named.");
    private readonly Option<string[]> sites = new("--site") { Description = "Only these sites, by name or with wildcards; may be repeated.", HelpName = "SITE" };
    private readonly RunOptions run = new();
    private readonly ConnectionOptions connection = new();

    public ResumeCommand()
    {
        Command = new Command("resume", "Finish operations that were cut off. They were confirmed when they began, so nothing is asked.") { operation, sites };
        run.AddTo(Command);
        connection.AddTo(Command);
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops resume", "Finish everything that was cut off in this inventory's zone."),
        ("hostingops resume 01M7ZYPK2C --json", "Finish one operation, with the results as JSON."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        await using var workspace = HostingWorkspace.Open(connection.Read(parse), context.Reporter);
        var names = parse.GetValue(sites) is { Length: > 0 } given ? given : null;
        if (names is not null)
        {
            workspace.SelectSites(names);
        }

        var results = new List<FailoverResult>();
        try
        {
            await ResultStream.ShowAsync(
                context, workspace.ResumeAsync(parse.GetValue(operation), names, run.Read(parse), cancellationToken), results, cancellationToken);
        }
        catch (HostingException error)
        {
            context.Errors.Error(error);
            return ExitCodeTable.For(error, OpenSites.Of(workspace.GetHistory, new HistoryFilter { OperationId = parse.GetValue(operation), Sites = names }));
        }

        if (results.Count == 0 && !context.Json)
        {
            context.Out.Line("Nothing was cut off; nothing to finish.");
        }

        ResultStream.Close(context, results, connection.Repeat(parse));
        return ExitCodeTable.Worst(results.Select(static result => ExitCodeTable.For(result.Outcome)));
    }
}
