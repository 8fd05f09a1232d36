using System.CommandLine;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Output.Views;
using HostingOps.Engine;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops check</c>: probes sites.</summary>
internal sealed class CheckCommand : IAgentCommand
{
    private readonly Argument<string[]> sites = NamedValues.Sites("Sites by name or with wildcards; all when none is named.");
    private readonly Option<HealthTarget> target = NamedValues.One("--target", HealthTarget.Active, "Which host of each site is probed.");
    private readonly Option<int> throttle = NamedValues.Positive("--throttle", 32, "N", "Probes under way at once.");
    private readonly ConnectionOptions connection = new();

    public CheckCommand()
    {
        Command = new Command("check", "Probe sites and say which are down. Only --target active asks AWS which host is live.") { sites, target, throttle };
        connection.AddTo(Command);
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops check", "Probe every site on the host that Route 53 says is live."),
        ("hostingops check 'shop-*' --target secondary", "Probe the standbys of some sites, pinned by address."),
        ("hostingops check --target all --json | jq '.[] | select(.status==\"Down\")'", "Both hosts of every site, for a script."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        await using var workspace = HostingWorkspace.Open(connection.Read(parse), context.Reporter);
        var selected = workspace.SelectSites(parse.GetValue(sites) is { Length: > 0 } names ? names : null);
        var results = new List<SiteHealth>();
        using (var array = context.Json ? context.BeginArray() : null)
        {
            await foreach (var health in workspace.CheckHealthAsync(selected, parse.GetValue(target), parse.GetValue(throttle), cancellationToken))
            {
                results.Add(health);
                array?.Write(health);
            }
        }

        if (!context.Json)
        {
            HealthView.Show(context.Out, InOrder(selected, results));
        }

        return ExitCodeTable.Worst(results.Select(static health => ExitCodeTable.For(health.Status)));
    }

    // Results come as they are made; people look for a site where the inventory has it.
    private static SiteHealth[] InOrder(IReadOnlyList<HostedSite> sites, IReadOnlyList<SiteHealth> results)
    {
        var places = sites.Select(static (site, place) => (site.Name, place)).ToDictionary(static pair => pair.Name, static pair => pair.place);
        return [.. results.OrderBy(health => places.GetValueOrDefault(health.SiteName, int.MaxValue)).ThenBy(static health => health.Target)];
    }
}
