using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using HostingOps.Engine;
using HostingOps.Engine.Watch;

namespace HostingOps.Soak;

/// <summary>How long and how hard a soak is.</summary>
internal sealed record SoakOptions
{
    public int Sites { get; init; } = 500;

    public int Pairs { get; init; } = 10;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(75);

    public HealthCheckPolicy Check { get; init; } = new() { Interval = TimeSpan.FromSeconds(5) };

    /// <summary>How long a site is down before it is moved.</summary>
    public TimeSpan AutomaticAfter { get; init; }

    /// <summary>The share of requests that are lost.</summary>
    public double Dropped { get; init; } = 0.01;

    /// <summary>How long one partition of the observer lasts.</summary>
    public TimeSpan Partition { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The calm between two events.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a killed host's sites may take before they count as missed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public int Seed { get; init; } = 20261122;

    /// <summary>Watches an inventory from a folder until it is cancelled, and tells each change; by default in this process.</summary>
    public Func<HostingInventory, string, Action<SiteWatchChange>, CancellationToken, Task> WatchAsync { get; init; } = WatchHereAsync;

    private static async Task WatchHereAsync(HostingInventory inventory, string folder, Action<SiteWatchChange> changed, CancellationToken cancellationToken)
    {
        await using var workspace = HostingWorkspace.Open(inventory, new WorkspaceOptions { StatePath = Path.Combine(folder, "watch.db") }, SilentReporter.Instance);
        await workspace.NewWatcher(new WatchOptions { Changed = changed }).RunAsync(cancellationToken);
    }
}

/// <summary>What a soak showed.</summary>
internal sealed record SoakFigures(
    int Kills, int Partitions, int SitesKilled, int Switched, int Missed, IReadOnlyList<string> WrongSwitches, IReadOnlyList<double> Detection, IReadOnlyList<double> Switch,
    IReadOnlyList<double> Unnoticed, IReadOnlyList<double> Confirming, IReadOnlyList<double> Telling)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} hosts killed with {SitesKilled} sites, {Partitions} partitions of the observer: {Switched} switched, {Missed} missed, {WrongSwitches.Count} wrong switches\nkill -> Down      {Spread(Detection)}\n  its first failing check began {Spread(Unnoticed)}\n  from there to Down  {Spread(Confirming)}\n  until it was heard  {Spread(Telling)}\nkill -> switched  {Spread(Switch)}");

    private static string Spread(IReadOnlyList<double> seconds)
    {
        var sorted = seconds.Order().ToArray();
        return sorted.Length == 0 ? "none" : string.Create(
            CultureInfo.InvariantCulture, $"median {sorted[sorted.Length / 2]:0.0} s, p95 {sorted[(int)(sorted.Length * 0.95)]:0.0} s, longest {sorted[^1]:0.0} s");
    }
}

/// <summary>
/// Watches a sandbox's sites for a while: requests are lost at random, the observer is cut off for seconds, hosts die. What counts is
/// what Route 53 says in the end, read by somebody else.
/// </summary>
internal static class SoakRun
{
    public static async Task<SoakFigures> RunAsync(SoakOptions options, string folder, Action<string> tell)
    {
        var random = new Random(options.Seed);
        await using var fleet = await SoakFleet.StartAsync(options.Sites, options.Pairs, options.Check, options.Dropped, folder, new Random(options.Seed + 1), options.AutomaticAfter);
        var clock = Stopwatch.StartNew();
        var down = new ConcurrentQueue<(SiteWatchChange Change, double HeardAt, DateTimeOffset Heard)>();
        using var end = new CancellationTokenSource();
        var truth = await fleet.LiveAsync();
        var watching = Task.Run(() => options.WatchAsync(
            fleet.Inventory,
            folder,
            change =>
            {
                if (change.To == WatchState.Down)
                {
                    down.Enqueue((change, clock.Elapsed.TotalSeconds, DateTimeOffset.UtcNow));
                }
            },
            end.Token));
        var kills = new List<(string Host, double At, IReadOnlyList<string> Sites)>();
        var switched = new Dictionary<(string Site, double Killed), double>();
        var wrong = new List<string>();
        var (partitions, missed) = (0, 0);
        await CalmAsync(options.Check.Interval + options.Calm);
        while (clock.Elapsed < options.Duration || kills.Count == 0)
        {
            if ((kills.Count + partitions) % 2 == 1)
            {
                await KillAsync();
            }
            else
            {
                partitions++;
                foreach (var line in fleet.Lines.Values.Append(fleet.Observer))
                {
                    line.Cut();
                }

                await CalmAsync(options.Partition);
                foreach (var line in fleet.Lines.Values.Append(fleet.Observer))
                {
                    line.Mend();
                }

                await CalmAsync(options.Calm);
            }
        }

        await end.CancelAsync();
        try
        {
            await watching.WaitAsync(options.Patience);
        }
        catch (OperationCanceledException)
        {
            // Its normal end.
        }

        var found = kills.SelectMany(kill => kill.Sites.Select(site => (
                kill.At, Down: down.FirstOrDefault(seen => seen.Change.SiteName == site && seen.Change.HostName == kill.Host && seen.HeardAt >= kill.At))))
            .Where(static pair => pair.Down.Change is not null).ToArray();
        var detection = found.Select(static pair => pair.Down.HeardAt - pair.At).ToArray();
        var telling = found.Select(static pair => (pair.Down.Heard - pair.Down.Change.At).TotalSeconds).ToArray();
        var confirming = found.Select(static pair => (pair.Down.Change.At - (pair.Down.Change.FailingSince ?? pair.Down.Change.At)).TotalSeconds).ToArray();
        var unnoticed = detection.Select((took, index) => took - telling[index] - confirming[index]).ToArray();
        return new SoakFigures(
            kills.Count, partitions, kills.Sum(static kill => kill.Sites.Count), switched.Count, missed, wrong, detection, [.. switched.Select(static one => one.Value - one.Key.Killed)],
            unnoticed, confirming, telling);

        async Task KillAsync()
        {
            var living = truth.Values.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            var host = living[random.Next(living.Length)];
            var sites = truth.Where(pair => pair.Value == host).Select(static pair => pair.Key).ToArray();
            var at = clock.Elapsed.TotalSeconds;
            kills.Add((host, at, sites));
            fleet.Lines[host].Cut();
            while (sites.Any(site => !switched.ContainsKey((site, at))))
            {
                if (clock.Elapsed.TotalSeconds - at > options.Patience.TotalSeconds)
                {
                    missed += sites.Count(site => !switched.ContainsKey((site, at)));
                    break;
                }

                await Task.Delay(400);
                await LookAsync(host, at);
            }

            tell(string.Create(CultureInfo.InvariantCulture, $"{host} with {sites.Length} sites killed at {at:0.0} s, all away at {clock.Elapsed.TotalSeconds:0.0} s"));
            fleet.Lines[host].Mend();
            await CalmAsync(options.Calm);
        }

        async Task CalmAsync(TimeSpan time)
        {
            for (var until = clock.Elapsed + time; clock.Elapsed < until;)
            {
                await Task.Delay(400);
                await LookAsync(null, 0);
            }
        }

        async Task LookAsync(string? dead, double killed)
        {
            if (watching.IsFaulted)
            {
                await watching;
            }

            Dictionary<string, string?> now;
            try
            {
                now = await fleet.LiveAsync();
            }
            catch (HostingException)
            {
                // The sandbox shares this machine with all the checks, and did not answer this look in time.
                return;
            }

            foreach (var (site, host) in now.Where(pair => pair.Value != truth[pair.Key]))
            {
                if (truth[site] == dead)
                {
                    switched[(site, killed)] = clock.Elapsed.TotalSeconds;
                }
                else
                {
                    wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{site} from {truth[site]} to {host} at {clock.Elapsed.TotalSeconds:0.0} s"));
                }
            }

            truth = now;
        }
    }
}
