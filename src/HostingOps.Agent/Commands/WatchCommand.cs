using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Json;
using HostingOps.Agent.Output;
using HostingOps.Agent.Output.Views;
using HostingOps.Agent.Terminal;
using HostingOps.Engine;
using HostingOps.Engine.Watch;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops watch</c>: watches every site, as a service without end or one round at a time.</summary>
internal sealed class WatchCommand : IAgentCommand
{
    private readonly Option<bool> once = new("--once")
    {
        Description = "One round over all sites, with what fails confirmed, for cron; counts are kept for the next.",
    };

    private readonly Option<int?> every = new("--every")
    {
        Description = "With --once: how often it is run, so that a missed run can be noticed.",
        HelpName = "SECONDS",
    };

    private readonly Option<int> throttle = NamedValues.Positive("--throttle", new WatchOptions().ThrottleLimit, "N", "Checks under way at once.");
    private readonly Option<string> metrics = new("--metrics")
    {
        Description = $"Where /metrics and /status are served. Other machines reach it only at an address that is named. [default: {WatchOptions.UsualMetricsAddress}]",
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = static _ => WatchOptions.UsualMetricsAddress,
    };

    private readonly Option<bool> noMetrics = new("--no-metrics") { Description = "Serve neither." };

    private readonly ConnectionOptions connection = new();

    public WatchCommand()
    {
        Command = new Command("watch", "Watch every site on its hosts and say what changes; goes on until it is stopped. SIGHUP reads the inventory again.")
        {
            once, every, throttle, metrics, noMetrics,
        };
        connection.AddTo(Command);
        Command.Validators.Add(result =>
        {
            if (result.GetValue(every) is { } seconds && (seconds < 1 || !result.GetValue(once)))
            {
                result.AddError(seconds < 1 ? string.Create(CultureInfo.InvariantCulture, $"--every is {seconds}; a whole number from 1 was expected.") : "--every says how often --once is run, and goes with it only.");
            }
        });
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops watch", "Watch until SIGTERM; for systemd (Type=notify)."),
        ("hostingops watch --json", "The same, with a line of JSON for each verdict that changes."),
        ("hostingops watch --once --every 60", "One round, for cron every minute."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        await using var workspace = HostingWorkspace.Open(connection.Read(parse), context.Reporter);
        using var notifier = new ServiceNotifier(Environment.GetEnvironmentVariable);
        var view = new WatchView();
        var lines = new ChangeLines(change => Show(context, view, change), context.Reporter.Warning);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lines.Broken);
        SiteWatcher watcher = null!;
        watcher = workspace.NewWatcher(new WatchOptions
        {
            ThrottleLimit = parse.GetValue(throttle),
            ExpectedEvery = parse.GetValue(every) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MetricsAddress = parse.GetValue(noMetrics) ? null : parse.GetValue(metrics),
            TellFirst = context.Json,
            Changed = lines.Add,
            Moment = moment =>
            {
                if (moment == WatchMoment.Ready && !context.Json)
                {
                    context.Out.Line(Status(watcher));
                }

                Notify(notifier, moment, watcher);
            },
        });
        if (parse.GetValue(once))
        {
            var sites = await EndedAsync(watcher.RunOnceAsync(stop.Token), lines, cancellationToken);
            if (!context.Json)
            {
                context.Out.Line(WatchView.Summary(sites));
            }

            return ExitCodeTable.Worst(sites.Select(static site => ExitCodeTable.For(site.To)));
        }

        context.OnHangup(watcher.Reload);
        await EndedAsync(WatchAsync(watcher, stop.Token), lines, cancellationToken);
        return ExitCode.Success;
    }

    private static async Task<bool> WatchAsync(SiteWatcher watcher, CancellationToken cancellationToken)
    {
        await watcher.RunAsync(cancellationToken);
        return true;
    }

    // An output that can't be written ends the watch, and its error is the one that counts.
    private static async Task<T> EndedAsync<T>(Task<T> watching, ChangeLines lines, CancellationToken cancellationToken)
    {
        await ((Task)watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await lines.EndAsync(isUrgent: cancellationToken.IsCancellationRequested || !watching.IsCompletedSuccessfully);
        return await watching;
    }

    private static void Show(AgentContext context, WatchView view, SiteWatchChange change)
    {
        if (context.Json)
        {
            context.WriteDocument(JsonSerializer.Serialize(change, AgentJson.Compact));
        }
        else
        {
            view.Show(context.Out, change);
        }
    }

    private static string Status(SiteWatcher watcher) => string.Create(CultureInfo.InvariantCulture, $"Watching {watcher.SiteCount} {(watcher.SiteCount == 1 ? "site" : "sites")}.");

    private static void Notify(ServiceNotifier notifier, WatchMoment moment, SiteWatcher watcher)
    {
        switch (moment)
        {
            case WatchMoment.Ready:
                notifier.Ready(Status(watcher));

                // Reading a large inventory takes many times the memory that holding it does.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                break;
            case WatchMoment.Reloaded:
                notifier.Ready(Status(watcher));
                if (watcher.InventoryProblem is null)
                {
                    // The checks go on meanwhile.
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false, compacting: false);
                }

                break;
            case WatchMoment.Reloading:
                notifier.Reloading();
                break;
            case WatchMoment.Alive:
                notifier.Alive();
                break;
            default:
                notifier.Stopping();
                break;
        }
    }
}
