namespace HostingOps.Bench.Certainty.Rules;

/// <summary>
/// The script that people write: each minute <c>curl --head --max-time 10</c>, and what does not answer 200 is switched. It knows
/// neither standby nor doubt. A site that refuses HEAD would be switched to and fro each minute; here its owner notices the same day.
/// </summary>
internal sealed class CronRule : IRule
{
    private const double Minute = 60;
    private const double Within = 10;

    // An answer this late, once in ten million, is all that a good day holds for it; lost packets are sent again in time.
    private const double TooLate = 9.5;

    public string Name => "a minute cron, HEAD not 200";

    public void Live(World world, RuleLog log)
    {
        var day = world.Day;
        var late = 1 - Normal.Chance(Math.Log(TooLate / day.Model.AnswerMedian) / day.Model.AnswerSigma);
        for (var site = 0; site < day.Fleet.Sites; site++)
        {
            var draws = new DrawSequence(day.Draws.Of(500_000 + (ulong)site));
            var phase = draws.Unit() * Minute;
            log.Checks += FaultModel.Day / Minute;
            log.Connections += FaultModel.Day / Minute;
            if (day.RefusesHead(site))
            {
                Fail(log, site, phase + 0.2, forTheDay: true);
                continue;
            }

            foreach (var (from, to) in Windows.Of(day.On(site, false, Fleet.Observer), static _ => true, 0))
            {
                for (var at = Windows.FirstTick(phase, Minute, from); at < to; at += Minute)
                {
                    var seen = log.Rests(site, at) ? default : world.See(new Look(Fleet.Observer, site, false, at) { Within = Within, Head = true });
                    if (!seen.Answers)
                    {
                        Fail(log, site, seen.At, forTheDay: false);
                    }
                }
            }

            for (var minute = draws.Misses(late); minute * Minute < FaultModel.Day; minute += 1 + draws.Misses(late))
            {
                var at = phase + (minute * Minute);
                if (!log.Rests(site, at))
                {
                    Fail(log, site, at + Within, forTheDay: false);
                }
            }
        }
    }

    private static void Fail(RuleLog log, int site, double at, bool forTheDay)
    {
        log.Downs.Add((site, at));
        log.Switch(site, at, forTheDay);
    }
}
