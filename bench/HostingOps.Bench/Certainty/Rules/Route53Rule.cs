namespace HostingOps.Bench.Certainty.Rules;

/// <summary>
/// Route 53's own health checks, as published: sixteen checkers in the world that do not coordinate, each with its own path; a
/// connection within 4 s and 2xx or 3xx within 2 s after it; certificates are not validated; three results in a row turn a
/// checker; unhealthy when 18% of them or fewer say healthy. A standby that is unhealthy too is not switched to. That DNS takes
/// notice at once is in its favour.
/// </summary>
internal sealed class Route53Rule(double interval) : IRule
{
    private const int InARow = 3;
    private const double HealthyShare = 0.18;

    public string Name => FormattableString.Invariant($"Route 53, every {interval:0} s");

    public void Live(World world, RuleLog log)
    {
        var day = world.Day;
        log.Checks += day.Fleet.Sites * Fleet.Checkers * FaultModel.Day / interval;
        log.Connections += day.Fleet.Sites * Fleet.Checkers * FaultModel.Day / interval;
        for (var site = 0; site < day.Fleet.Sites; site++)
        {
            // What befalls a single checker's path is drawn as well, and met when something befalls the site: by itself it would
            // have to befall fourteen of sixteen paths at once.
            foreach (var (from, to) in Windows.Of(day.On(site, false, 1), static condition => condition.Vantage < 0, 4 * interval))
            {
                if (to - from - (4 * interval) > (2 * interval) - 6)
                {
                    Live(world, log, site, from, to);
                }
            }
        }
    }

    private void Live(World world, RuleLog log, int site, double from, double to)
    {
        Span<double> next = stackalloc double[Fleet.Checkers];
        Span<int> rows = stackalloc int[Fleet.Checkers];
        Span<bool> healthy = stackalloc bool[Fleet.Checkers];
        var results = new PriorityQueue<(int Checker, bool Passed), double>();
        healthy.Fill(true);
        for (var i = 0; i < next.Length; i++)
        {
            var phase = new DrawSequence(world.Day.Draws.Of(700_000 + (ulong)((site * Fleet.Checkers) + i))).Unit() * interval;
            next[i] = Windows.FirstTick(phase, interval, from);
        }

        while (true)
        {
            var first = 0;
            for (var i = 1; i < next.Length; i++)
            {
                first = next[i] < next[first] ? i : first;
            }

            while (results.TryPeek(out var result, out var known) && known <= next[first])
            {
                results.Dequeue();
                if (Take(rows, healthy, result.Checker, result.Passed) && !log.Rests(site, known) && world.Day.StandbyServes(site, known))
                {
                    log.Downs.Add((site, known));
                    log.Switch(site, known);
                    return;
                }
            }

            if (next[first] > to)
            {
                return;
            }

            var seen = world.See(new Look(first + 1, site, false, next[first]) { Within = 6, ConnectWithin = 4, AnswerWithin = 2, Validates = false });
            results.Enqueue((first, seen.Answers), seen.At);
            next[first] += interval;
        }
    }

    /// <summary>Takes a checker's result in.</summary>
    /// <returns>Whether the endpoint is unhealthy.</returns>
    private static bool Take(Span<int> rows, Span<bool> healthy, int checker, bool passed)
    {
        rows[checker] = passed == healthy[checker] ? 0 : rows[checker] + 1;
        if (rows[checker] == InARow)
        {
            healthy[checker] = passed;
            rows[checker] = 0;
        }

        var sayHealthy = 0;
        foreach (var says in healthy)
        {
            sayHealthy += says ? 1 : 0;
        }

        return sayHealthy <= HealthyShare * healthy.Length;
    }
}
