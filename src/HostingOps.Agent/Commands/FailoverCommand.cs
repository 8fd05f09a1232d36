using System.CommandLine;
using System.Globalization;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Engine;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops failover</c>: plans, asks, switches, proves.</summary>
internal sealed class FailoverCommand : IAgentCommand
{
    private readonly Argument<string[]> sites = NamedValues.Sites("Sites by name or with wildcards. None is meant by default: name them, or give --down or --all.");
    private readonly Option<bool> down = new("--down") { Description = "Of these sites, or of all, those whose live host is down." };
    private readonly Option<bool> all = new("--all") { Description = "Every site of the inventory." };
    private readonly Option<bool> planned = new("--planned") { Description = "A switchover between two healthy hosts." };
    private readonly Option<string> to = new("--to") { Description = "The host to go to; else the live host's peer.", HelpName = "HOST" };
    private readonly ChangeOptions change = new();
    private readonly ConnectionOptions connection = new();

    public FailoverCommand()
    {
        Command = new Command("failover", "Move sites to their other host: plan, ask, switch, prove.") { sites, down, all, planned, to };
        change.AddTo(Command);
        connection.AddTo(Command);
        Command.Validators.Add(result =>
        {
            var named = result.GetResult(sites) is { Tokens.Count: > 0 };
            var message = (named, result.GetValue(down), result.GetValue(all), result.GetValue(planned)) switch
            {
                (false, false, false, _) => "No site is named. Name the sites, or give --down for those whose live host is down, or --all.",
                (true, _, true, _) => "Sites are named, and --all is given as well.",
                (_, true, true, _) => "--down and --all exclude each other.",
                (_, true, _, true) => "--down looks for dead hosts, --planned moves between healthy ones: give one of them.",
                _ => null,
            };
            if (message is not null)
            {
                result.AddError(message);
            }
        });
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops failover acme --what-if", "Show the plan with every gate, and change nothing."),
        ("hostingops failover acme blog", "Fail two sites over, after a question."),
        ("hostingops failover --down --yes --json", "For a timer: move every site whose live host is down, as far as the gates allow."),
        ("hostingops failover 'shop-*' --planned --to li-1", "Move healthy sites before maintenance."),
        ("hostingops failover acme --override Cooldown --reason 'do-1 died again' --yes", "Pass one gate by name; the journal keeps the reason."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        var (yes, whatIf) = (change.Yes(parse), change.WhatIf(parse));
        PlannedChange.EnsureConfirmable(context, Command.Name, yes, whatIf);
        await using var workspace = HostingWorkspace.Open(connection.Read(parse), context.Reporter);
        var selected = workspace.SelectSites(parse.GetValue(sites) is { Length: > 0 } names ? names : null);
        var options = change.Plan(parse) with { Planned = parse.GetValue(planned), To = parse.GetValue(to) };
        var untold = 0;
        if (parse.GetValue(down))
        {
            (selected, untold) = await DownAsync(workspace, selected, options.ThrottleLimit, context, cancellationToken);
        }

        var work = new PlannedChange(
            context,
            (plans, token) => workspace.InvokeAsync(plans, change.Invoke(parse), token),
            workspace.GetHistory,
            connection.Repeat(parse));
        var planning = workspace.PlanFailoverAsync(selected, options, cancellationToken);
        var code = (selected.Count, whatIf) switch
        {
            (0, _) => NothingDown(context, untold),
            (_, true) => await work.ShowAsync(planning, cancellationToken),
            _ => await work.RunAsync(planning, yes, cancellationToken),
        };
        return ExitCodeTable.Worst(untold > 0 ? [code, ExitCode.Undetermined] : [code]);
    }

    private static async Task<(IReadOnlyList<HostedSite> Down, int Untold)> DownAsync(
        HostingWorkspace workspace, IReadOnlyList<HostedSite> sites, int throttle, AgentContext context, CancellationToken cancellationToken)
    {
        var down = new HashSet<string>(StringComparer.Ordinal);
        var untold = new List<string>();
        await foreach (var health in workspace.CheckHealthAsync(sites, HealthTarget.Active, throttle, cancellationToken))
        {
            switch (health.Status)
            {
                case SiteStatus.Down:
                    down.Add(health.SiteName);
                    break;
                case SiteStatus.Unknown:
                    untold.Add($"{health.SiteName} ({health.Reason})");
                    break;
            }
        }

        // Unknown never acts.
        if (untold.Count > 0)
        {
            context.Errors.Warning(string.Create(
                CultureInfo.InvariantCulture, $"Left out, for it can't be told whether they are down: {string.Join("; ", untold.Order(StringComparer.Ordinal))}"));
        }

        return ([.. sites.Where(site => down.Contains(site.Name))], untold.Count);
    }

    private static ExitCode NothingDown(AgentContext context, int untold)
    {
        if (context.Json)
        {
            context.BeginArray().Dispose();
        }
        else
        {
            context.Out.Line(untold > 0 ? "No live host is known to be down; nothing to do." : "No live host is down; nothing to do.");
        }

        return ExitCode.Success;
    }
}
