using System.Globalization;

namespace HostingOps.Engine.Watch.Witnesses.Route53;

/// <summary>Our own threshold on the observations of Route 53's checkers: a pure function.</summary>
internal static class CheckerJudgement
{
    private const string Success = "Success";
    private const string Failure = "Failure";
    private const int LeastObservations = 3;
    private static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(60);

    /// <summary>The age from which an observation counts for nothing.</summary>
    public static TimeSpan MaxAge(Route53WitnessSettings settings, TimeSpan interval) => settings.MaxAge ?? 3 * interval;

    /// <summary>
    /// Down when at least <see cref="Route53WitnessSettings.Failing"/> percent of the fresh observations fail, failures from as
    /// many regions as <see cref="Route53WitnessSettings.Regions"/> among them. Serves when at most half that share fails. Else,
    /// and with fresh observations from fewer regions, Unknown. A status that is neither Success nor Failure counts for nothing.
    /// </summary>
    public static (WitnessAnswer Answer, string Reason) Judge(
        IReadOnlyList<CheckerObservation> observations, Route53WitnessSettings settings, TimeSpan interval, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(settings);
        var maxAge = MaxAge(settings, interval);
        var fresh = observations.Where(seen => seen.CheckedAt is { } at && now - at <= maxAge && at - now <= ClocksApart).ToArray();
        var failed = fresh.Where(static seen => seen.Status.StartsWith(Failure, StringComparison.Ordinal)).ToArray();
        var counted = fresh.Where(static seen => seen.Status.StartsWith(Success, StringComparison.Ordinal)).Concat(failed).ToArray();
        var regions = Regions(counted);
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{failed.Length} of {counted.Length} fresh observations from {regions} regions fail; {observations.Count - counted.Length} of {observations.Count} are older than {maxAge.TotalSeconds:0} s or unclear");
        if (failed.Length > 0)
        {
            seen += $": {failed.GroupBy(static one => one.Status, StringComparer.Ordinal).MaxBy(static same => same.Count())!.Key}";
        }

        if (regions < settings.Regions || counted.Length < Math.Max(LeastObservations, settings.Regions))
        {
            return (WitnessAnswer.Unknown, string.Create(CultureInfo.InvariantCulture, $"{seen}; {settings.Regions} regions are needed"));
        }

        var percent = 100.0 * failed.Length / counted.Length;
        return percent >= settings.Failing
            ? Regions(failed) >= settings.Regions
                ? (WitnessAnswer.Down, seen)
                : (WitnessAnswer.Unknown, string.Create(CultureInfo.InvariantCulture, $"{seen}; the failures are from {Regions(failed)} regions only"))
            : (percent <= settings.Failing / 2.0 ? WitnessAnswer.Serves : WitnessAnswer.Unknown, seen);
    }

    private static int Regions(IEnumerable<CheckerObservation> observations) =>
        observations.Select(static seen => seen.Region).Distinct(StringComparer.Ordinal).Count();
}
