namespace HostingOps.Bench.Certainty.Rules;

/// <summary>A way of deciding that a site's host is down and the site is to be switched.</summary>
internal interface IRule
{
    string Name { get; }

    /// <summary>Lives through a day, which ends when all that began in it is over.</summary>
    void Live(World world, RuleLog log);
}
