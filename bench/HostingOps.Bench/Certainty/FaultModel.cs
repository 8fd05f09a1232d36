namespace HostingOps.Bench.Certainty;

/// <summary>
/// How often what goes wrong, and for how long: decision 0023 has each figure's source. Rates are per year of one site, host,
/// provider or path. Durations in s. Log-normals are given by median, sigma and bounds.
/// </summary>
internal sealed record FaultModel
{
    public const double Day = 86_400;

    private const double Year = 365.25 * Day;

    /// <summary>The share of packets that vanish on a good day, one way.</summary>
    public double BackgroundLoss { get; init; } = 0.001;

    /// <summary>Median and sigma of the time that a page takes its server.</summary>
    public double AnswerMedian { get; init; } = 0.12;

    public double AnswerSigma { get; init; } = 0.8;

    /// <summary>One site in so many answers 405 to HEAD, always.</summary>
    public int HeadRefusedOneIn { get; init; } = 33;

    /// <summary>Makes every rate so many times higher: for tests, which can't wait for rare days.</summary>
    public double Haste { get; init; } = 1;

    /// <summary>The faults that begin within one day, in no order.</summary>
    public List<Condition> Draw(Fleet fleet, Draws draws)
    {
        var conditions = new List<Condition>();
        for (var host = 0; host < fleet.Hosts; host++)
        {
            DrawHost(conditions, host, new DrawSequence(draws.Of(1_000 + (ulong)host)));
        }

        for (var provider = 0; provider < Fleet.Providers; provider++)
        {
            var d = new DrawSequence(draws.Of(100 + (ulong)provider));
            foreach (var at in Moments(d, 0.5))
            {
                conditions.Add(new(FaultKind.ProviderOutage, Effect.Silent, at, at + Lasting(d), Provider: provider));
            }

            foreach (var at in Moments(d, 6))
            {
                conditions.Add(new(FaultKind.ProviderBlip, Effect.Silent, at, at + d.LogNormal(5, 1, 0.5, 60), Provider: provider));
            }
        }

        for (var vantage = 0; vantage < Fleet.Vantages; vantage++)
        {
            DrawPaths(conditions, vantage, fleet.Hosts, new DrawSequence(draws.Of(200 + (ulong)vantage)));
        }

        for (var site = 0; site < fleet.Sites; site++)
        {
            DrawSite(conditions, site, new DrawSequence(draws.Of(100_000 + (ulong)site)));
        }

        return conditions;
    }

    private void DrawHost(List<Condition> conditions, int host, DrawSequence d)
    {
        foreach (var at in Moments(d, 1))
        {
            conditions.Add(new(FaultKind.HostDeath, Effect.Silent, at, at + Lasting(d), Host: host));
        }

        foreach (var at in Moments(d, 0.5))
        {
            var effect = d.Unit() < 0.5 ? Effect.Refused : Effect.Hung;
            conditions.Add(new(FaultKind.ServiceDeath, effect, at, at + Lasting(d), Host: host));
        }

        foreach (var at in Moments(d, 2))
        {
            // The web server stops, the machine is gone, the machine is back and the web server not yet.
            var gone = at + d.Between(0.5, 3);
            var back = gone + d.LogNormal(20, 0.5, 8, 90);
            conditions.Add(new(FaultKind.HostReboot, Effect.Refused, at, gone, Host: host));
            conditions.Add(new(FaultKind.HostReboot, Effect.Silent, gone, back, Host: host));
            conditions.Add(new(FaultKind.HostReboot, Effect.Refused, back, back + d.Between(1, 10), Host: host));
        }

        foreach (var at in Moments(d, 6))
        {
            conditions.Add(new(FaultKind.HostBlip, Effect.Silent, at, at + d.LogNormal(3, 0.9, 0.3, 45), Host: host));
        }

        foreach (var at in Moments(d, 0.3))
        {
            var end = at + 3_600;
            for (var down = at; down < end;)
            {
                var up = Math.Min(end, down + d.LogNormal(20, 0.7, 5, 120));
                conditions.Add(new(FaultKind.HostFlapping, Effect.Silent, down, up, Host: host));
                down = up + d.LogNormal(60, 0.7, 10, 300);
            }
        }

        foreach (var at in Moments(d, 50))
        {
            var end = at + d.LogNormal(300, 0.8, 30, 1_800);
            conditions.Add(new(FaultKind.SlowSpell, Effect.Slow, at, end, d.LogBetween(0.5, 3), Host: host));
        }
    }

    private void DrawSite(List<Condition> conditions, int site, DrawSequence d)
    {
        var host = Fleet.ActiveHost(site);
        foreach (var at in Moments(d, 50))
        {
            conditions.Add(new(FaultKind.ServerErrors, Effect.Errors, at, at + d.LogNormal(4, 1.2, 0.3, 120), d.Between(0.3, 1), Host: host, Site: site));
        }

        foreach (var at in Moments(d, 0.1))
        {
            conditions.Add(new(FaultKind.LastingErrors, Effect.Errors, at, at + Lasting(d), d.Between(0.7, 1), Host: host, Site: site));
        }

        foreach (var at in Moments(d, 70))
        {
            var effect = d.Unit() < 0.5 ? Effect.Refused : Effect.Errors;
            conditions.Add(new(FaultKind.DeployBlip, effect, at, at + d.LogBetween(0.5, 40), 1, Host: host, Site: site));
        }

        foreach (var at in Moments(d, 0.05))
        {
            conditions.Add(new(FaultKind.CertificateExpiry, Effect.BadCertificate, at, at + Lasting(d), Host: host, Site: site));
        }
    }

    private void DrawPaths(List<Condition> conditions, int vantage, int hosts, DrawSequence d)
    {
        Cuts(FaultKind.ObserverCut, 50, provider: -1);
        Bursts(150, provider: -1, host: -1);
        for (var provider = 0; provider < Fleet.Providers; provider++)
        {
            Cuts(FaultKind.ObserverPathCut, 12, provider);
            Bursts(300, provider, host: -1);
        }

        for (var host = 0; host < hosts && vantage == Fleet.Observer; host++)
        {
            Bursts(50, provider: -1, host);
        }

        void Cuts(FaultKind kind, double perYear, int provider)
        {
            foreach (var at in Moments(d, perYear))
            {
                conditions.Add(new(kind, Effect.Silent, at, at + d.LogNormal(20, 1.5, 1, 3_600), Vantage: vantage, Provider: provider));
            }
        }

        void Bursts(double perYear, int provider, int host)
        {
            foreach (var at in Moments(d, perYear))
            {
                conditions.Add(new(
                    FaultKind.LossBurst, Effect.Loss, at, at + d.LogNormal(10, 1, 0.5, 300), d.LogBetween(0.03, 0.6), vantage, provider, host));
            }
        }
    }

    private IEnumerable<double> Moments(DrawSequence d, double perYear) => d.Moments(Haste * perYear / Year, Day);

    // Nothing is measured beyond the ten minutes after which a death counts as missed, so deaths need not last for days.
    private static double Lasting(DrawSequence d) => d.Between(900, 2_700);
}
