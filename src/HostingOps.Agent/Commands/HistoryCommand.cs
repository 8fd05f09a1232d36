using System.CommandLine;
using System.Globalization;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Output.Views;
using HostingOps.Agent.Terminal;
using HostingOps.Engine;
using HostingOps.Engine.Failover;
using HostingOps.Engine.State;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops history</c>: what the journal has. Needs the state database only, no inventory and no AWS.</summary>
internal sealed class HistoryCommand : IAgentCommand
{
    private readonly Argument<string[]> sites = NamedValues.Sites("Sites by name or with wildcards; all when none is named.");
    private readonly Option<string> operation = new("--operation") { Description = "One operation, by its id or the beginning of it.", HelpName = "ID" };
    private readonly Option<DateTimeOffset?> since = new("--since")
    {
        Description = "Begun at or after this time, ISO 8601; UTC when no offset is given.",
        HelpName = "TIME",
        CustomParser = static result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"--since is '{result.Tokens[0].Value}'; a time such as 2026-03-01 or 2026-03-01T12:00Z was expected.");
            return null;
        },
    };

    private readonly Option<int> first = NamedValues.Positive("--first", new HistoryFilter().First, "N", "Newest entries at most.");
    private readonly Option<bool> resumable = new("--resumable") { Description = "Only what `hostingops resume` can finish; with --apex, Restore-ApexRedirector -Resume." };
    private readonly Option<bool> apex = new("--apex") { Description = "The bare domains' redirector instead of sites: moves of its Elastic IP, and recoveries." };
    private readonly ConnectionOptions connection = new();

    public HistoryCommand()
    {
        Command = new Command("history", "List what the journal has, newest first.") { sites, operation, since, first, resumable, apex };
        connection.AddStateTo(Command);
        Command.Validators.Add(result =>
        {
            if (result.GetValue(apex) && result.GetValue(sites) is { Length: > 0 })
            {
                result.AddError("With --apex no sites are named: the redirector is every site's.");
            }
        });
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops history acme --first 5", "The five newest operations of one site."),
        ("hostingops history --resumable --json", "What was cut off, for a script."),
        ("hostingops history --apex", "What was done to the bare domains' redirector."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        await using var workspace = HostingWorkspace.Open(
            new HostingInventory { Zone = "" }, new WorkspaceOptions { StatePath = connection.Read(parse).StatePath }, context.Reporter);
        if (parse.GetValue(apex))
        {
            Show(context, HistoryView.Show, workspace.GetApexHistory(new ApexHistoryFilter
            {
                OperationId = parse.GetValue(operation),
                Since = parse.GetValue(since),
                First = parse.GetValue(first),
                ResumableOnly = parse.GetValue(resumable),
            }));
            return ExitCode.Success;
        }

        Show(context, HistoryView.Show, workspace.GetHistory(new HistoryFilter
        {
            Sites = parse.GetValue(sites) is { Length: > 0 } names ? names : null,
            OperationId = parse.GetValue(operation),
            Since = parse.GetValue(since),
            First = parse.GetValue(first),
            ResumableOnly = parse.GetValue(resumable),
        }));
        return ExitCode.Success;
    }

    private static void Show<T>(AgentContext context, Action<Screen, IReadOnlyList<T>> view, IReadOnlyList<T> entries)
    {
        if (!context.Json)
        {
            view(context.Out, entries);
            return;
        }

        using var array = context.BeginArray();
        foreach (var entry in entries)
        {
            array.Write(entry);
        }
    }
}
