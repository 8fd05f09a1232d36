using System.CommandLine;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Output.Views;
using HostingOps.Engine;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops sync</c>: makes the zone's records what the inventory says.</summary>
internal sealed class SyncCommand : IAgentCommand
{
    private readonly Argument<string[]> sites = NamedValues.Sites("Sites by name or with wildcards; all when none is named. With --prune also sites that are gone.");
    private readonly Option<bool> prune = new("--prune") { Description = "Also delete the records of sites that are gone from the inventory." };

    private readonly Option<string[]> adopt = new("--adopt")
    {
        Description = "Take over the records of these sites, which nobody owns, as they are; may be repeated.",
        HelpName = "SITE",
    };

    private readonly Option<string> checksum = new("--checksum")
    {
        Description = "Carry out nothing but the plan with this checksum, or finish it when it was cut off. Asks nothing: it was reviewed.",
        HelpName = "HEX",
    };

    private readonly Option<string> undo = new("--undo") { Description = "Take a sync back, by its operation.", HelpName = "OPERATION" };

    private readonly Option<ZoneChangeGateName[]> overrides = NamedValues.Several<ZoneChangeGateName>(
        "--override", "Pass a limit although it refuses; may be repeated.");

    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Don't ask. Needed where nobody can be asked, unless the plan only creates." };
    private readonly Option<bool> whatIf = new("--what-if") { Description = "End after the plan; nothing is changed." };
    private readonly RunOptions run = new();
    private readonly ConnectionOptions connection = new();

    public SyncCommand()
    {
        overrides.HelpName = "LIMIT";
        Command = new Command("sync", "Make the zone's records what the inventory says: create those of new sites, mend, report.")
        {
            sites, prune, adopt, checksum, undo, overrides, yes, whatIf,
        };
        run.AddTo(Command);
        connection.AddTo(Command);
        Command.Validators.Add(result =>
        {
            if (result.GetResult(undo) is not null
                && (result.GetResult(sites) is { Tokens.Count: > 0 } || result.GetResult(prune) is not null || result.GetResult(adopt) is not null))
            {
                result.AddError("--undo takes a whole sync back: give it without sites, --prune and --adopt.");
            }

            if (result.GetResult(checksum) is { Tokens: [var given] } && (given.Value.Length != 32 || !given.Value.All(char.IsAsciiHexDigit)))
            {
                result.AddError($"--checksum is '{given.Value}'; the 32 hexadecimal digits that the plan shows were expected.");
            }
        });
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops sync acme", "For a deployment: create acme's record if it has none yet."),
        ("hostingops sync --what-if", "Show the plan with its checksum, drift and strangers, and change nothing."),
        ("hostingops sync --prune --checksum 5f1c0e...", "Carry out the plan that was reviewed, and no other."),
        ("hostingops sync --adopt '*'", "Once, in a zone that had its records before: take them over as they are."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        await using var workspace = HostingWorkspace.Open(connection.Read(parse), context.Reporter);
        var work = new PlannedSync(context, workspace, Waits(parse), connection.Repeat(parse));
        var reviewed = parse.GetValue(checksum) is { } sum ? new ReviewedPlan(sum) : null;
        var show = parse.GetValue(whatIf);
        if (!show && reviewed is not null && await workspace.FindCutOffAsync(reviewed, cancellationToken) is { } operation)
        {
            return await work.FinishAsync(operation, cancellationToken);
        }

        ZoneChangeGateName[] passed = parse.GetValue(overrides) ?? [];
        var plan = parse.GetValue(undo) is { } taken
            ? await workspace.PlanZoneUndoAsync(taken, passed, cancellationToken)
            : await workspace.PlanSyncAsync(
                new SyncOptions
                {
                    Sites = parse.GetValue(sites) is { Length: > 0 } names ? names : null,
                    Prune = parse.GetValue(prune),
                    Adopt = parse.GetValue(adopt) ?? [],
                    Overrides = passed,
                },
                cancellationToken);
        reviewed?.EnsureIs(plan);
        return show ? work.Show(plan) : await work.RunAsync(plan, parse.GetValue(yes) || reviewed is not null, cancellationToken);
    }

    private ZoneChangeOptions Waits(ParseResult parse)
    {
        var given = run.Read(parse);
        return new ZoneChangeOptions { InSyncTimeout = given.SyncTimeout, VerifyTimeout = given.VerifyTimeout };
    }
}
