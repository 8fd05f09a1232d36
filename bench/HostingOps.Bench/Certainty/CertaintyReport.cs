using System.Globalization;

namespace HostingOps.Bench.Certainty;

/// <summary>Prints the figures, in Markdown.</summary>
internal static class CertaintyReport
{
    public static void Print(Simulation simulation, CertaintyOptions options, TimeSpan took, TextWriter output)
    {
        var first = simulation.Figures[0];
        Line($"{first.SiteDays:N0} site-days ({options.Days:N0} days of {options.Sites} sites), interval {options.Interval.TotalSeconds:0.#} s, {took.TotalSeconds:0} s to run.");
        Line(options.IsRecord
            ? $"For the record: seeds {options.FirstSeed} and on, which are used for nothing else."
            : (FormattableString)$"Seeds for tuning, {options.FirstSeed} and on: not for the record.");
        Line($"{first.Deaths:N0} lasting outages with a healthy standby; an outage that ends by itself within {Statistics.Bound:0} s needs no switch.");
        Line($"");
        Line($"| rule | wrong switches | missed deaths | detected p50 | p95 | p99 | silent p50 | switched p50 | p95 | p99 | false verdicts stopped | checks a site-day | connections |");
        Line($"|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (rule, figures) in simulation.Rules.Zip(simulation.Figures))
        {
            var wrong = figures.WrongWithin[Array.IndexOf(Statistics.Bounds, Statistics.Bound)];
            Line($"| {rule.Name} | {wrong:N0} | {figures.Missed:N0} of {figures.Deaths:N0} | {Times(figures.Detection)} | {Time(figures.SilentDetection, 0.5)} | {Times(figures.Decision)} | {figures.FalseStopped:N0} | {figures.Checks / figures.SiteDays:N0} | {figures.Connections / figures.SiteDays:N0} |");
        }

        Line($"");
        Line($"| rule | switches | the site was serving | within {string.Join(" s | within ", Statistics.Bounds.Skip(1))} s | wrong by cause | missed by cause |");
        Line($"|---|---|---|{string.Concat(Statistics.Bounds.Skip(1).Select(static _ => "---|"))}---|---|");
        foreach (var (rule, figures) in simulation.Rules.Zip(simulation.Figures))
        {
            var within = string.Join(" | ", figures.WrongWithin.Select(static count => count.ToString("N0", CultureInfo.InvariantCulture)));
            Line($"| {rule.Name} | {figures.Switches:N0} | {within} | {Causes(figures.WrongBy)} | {Causes(figures.MissedBy)} |");
        }

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private static string Times(List<float> times) => string.Join(" | ", Time(times, 0.5), Time(times, 0.95), Time(times, 0.99));

    private static string Time(List<float> times, double quantile) =>
        times.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Statistics.Quantile(times, quantile):0.0} s");

    private static string Causes(Dictionary<FaultKind, long> causes) => causes.Count == 0 ? "" : string.Join(
        ", ", causes.OrderByDescending(static pair => pair.Value).Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:N0}")));
}
