using System.Xml.Linq;

namespace HostingOps.Sandbox.Route53;

/// <summary>
/// The sixteen checkers of one health check. They look one after the other, each once in the check's interval, at the sandbox's
/// sites as they are at that moment. Safe for use from several threads.
/// </summary>
internal sealed class CheckerLooks : IDisposable
{
    private const int UsualInterval = 30;
    private const int UsualThreshold = 3;

    private static readonly string[] Regions =
        ["us-east-1", "us-west-1", "us-west-2", "eu-west-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "sa-east-1"];

    private readonly object gate = new();
    private readonly Checker[] checkers = [.. Enumerable.Range(0, Count).Select(static index => new Checker(Regions[index % Regions.Length], $"192.0.2.{index + 1}"))];
    private readonly Func<string> look;
    private readonly TimeProvider clock;
    private readonly int threshold;
    private readonly bool isDisabled;
    private readonly bool isInverted;
    private readonly ITimer? timer;
    private int next;

    /// <summary>Lets all of them look once, and then in turn.</summary>
    /// <param name="config">The check.</param>
    /// <param name="look">What a checker says that looks now.</param>
    /// <param name="interval">Instead of the check's own interval, or null.</param>
    /// <param name="clock">The clock.</param>
    public CheckerLooks(XElement config, Func<string> look, TimeSpan? interval, TimeProvider clock)
    {
        this.look = look;
        this.clock = clock;
        threshold = (int)(Route53Xml.Number(config, "FailureThreshold", "healthCheckConfig.failureThreshold", 1, 10) ?? UsualThreshold);
        isDisabled = Route53Xml.Boolean(config, "Disabled") ?? false;
        isInverted = Route53Xml.Boolean(config, "Inverted") ?? false;
        if (isDisabled)
        {
            return;
        }

        for (var i = 0; i < Count; i++)
        {
            LookNext();
        }

        var own = TimeSpan.FromSeconds(Route53Xml.Number(config, "RequestInterval", "healthCheckConfig.requestInterval", 10, 30) ?? UsualInterval);
        var step = (interval ?? own) / Count;
        timer = clock.CreateTimer(static state => ((CheckerLooks)state!).LookNext(), this, step, step);
    }

    /// <summary>Checkers that look at each health check: two per region.</summary>
    public static int Count => Regions.Length * 2;

    /// <summary>Whether more than 18% of the checkers hold it healthy, which is when Route 53 does; a disabled one always is.</summary>
    public bool IsHealthy
    {
        get
        {
            lock (gate)
            {
                return isDisabled || checkers.Count(static checker => checker.IsHealthy) > Count * 0.18 != isInverted;
            }
        }
    }

    /// <summary>What each saw last, in the API's form. A disabled check has none.</summary>
    public IReadOnlyList<XElement> Observations()
    {
        lock (gate)
        {
            return [.. checkers.Where(static checker => checker.Status is not null).Select(static checker => new XElement(
                "HealthCheckObservation",
                new XElement("Region", checker.Region),
                new XElement("IPAddress", checker.Address),
                new XElement("StatusReport", new XElement("Status", checker.Status), new XElement("CheckedTime", Route53Xml.Time(checker.CheckedAt)))))];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    private void LookNext()
    {
        lock (gate)
        {
            var checker = checkers[next];
            next = (next + 1) % Count;
            checker.Status = look();
            checker.CheckedAt = clock.GetUtcNow();
            var isSuccess = checker.Status.StartsWith("Success", StringComparison.Ordinal);
            checker.Row = isSuccess == checker.IsHealthy ? 0 : checker.Row + 1;
            if (checker.Row >= threshold)
            {
                (checker.IsHealthy, checker.Row) = (isSuccess, 0);
            }
        }
    }

    private sealed class Checker(string region, string address)
    {
        public string Region => region;

        public string Address => address;

        public string? Status { get; set; }

        public DateTimeOffset CheckedAt { get; set; }

        /// <summary>Looks in a row that speak against <see cref="IsHealthy"/>.</summary>
        public int Row { get; set; }

        public bool IsHealthy { get; set; } = true;
    }
}
