using System.CommandLine;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Engine;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops undo</c>: takes an operation back.</summary>
internal sealed class UndoCommand : IAgentCommand
{
    private readonly Argument<string?> operation = NamedValues.Operation("The operation's id or its unique beginning; else each named site's newest switch.");
    private readonly Option<string[]> sites = new("--site") { Description = "Only these sites, by name or with wildcards; may be repeated.", HelpName = "SITE" };
    private readonly ChangeOptions change = new();
    private readonly ConnectionOptions connection = new();

    public UndoCommand()
    {
        Command = new Command("undo", "Put back the records that an operation replaced, if they are still as it left them.") { operation, sites };
        change.AddTo(Command);
        connection.AddTo(Command);
        Command.Validators.Add(result =>
        {
            if (result.GetResult(operation) is not { Tokens.Count: > 0 } && result.GetResult(sites) is not { Tokens.Count: > 0 })
            {
                result.AddError("Neither an operation nor a site is named. `hostingops history` lists the operations.");
            }
        });
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops undo 01M7ZYPK2C", "Take back the operation whose id begins so."),
        ("hostingops undo --site acme --what-if", "Show what taking back acme's newest switch would do."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        var (yes, whatIf) = (change.Yes(parse), change.WhatIf(parse));
        PlannedChange.EnsureConfirmable(context, Command.Name, yes, whatIf);
        await using var workspace = HostingWorkspace.Open(connection.Read(parse), context.Reporter);
        var names = parse.GetValue(sites) is { Length: > 0 } given ? given : null;
        if (names is not null)
        {
            // Says the nearest name for a mistyped one, which the journal alone could not.
            workspace.SelectSites(names);
        }

        var work = new PlannedChange(
            context,
            (plans, token) => workspace.InvokeAsync(plans, change.Invoke(parse), token),
            workspace.GetHistory,
            connection.Repeat(parse));
        var planning = workspace.PlanUndoAsync(parse.GetValue(operation), names, change.Plan(parse), cancellationToken);
        return whatIf ? await work.ShowAsync(planning, cancellationToken) : await work.RunAsync(planning, yes, cancellationToken);
    }
}
