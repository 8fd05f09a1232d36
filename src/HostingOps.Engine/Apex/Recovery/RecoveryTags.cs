using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>The tags that say what an instance or address is for.</summary>
internal static class RecoveryTags
{
    /// <summary>On a redirector: the Elastic IP that it is for.</summary>
    public const string Apex = "hostingops:apex";

    /// <summary>On everything: the operation that made or changed it last.</summary>
    public const string Operation = "hostingops:operation";

    /// <summary>On a redirector: the checksum of the configuration that it was launched with.</summary>
    public const string Config = "hostingops:config";

    /// <summary>On a former redirector: the instance that took its place.</summary>
    public const string ReplacedBy = "hostingops:replaced-by";

    /// <summary>On the Elastic IP: its redirector.</summary>
    public const string Redirector = "hostingops:redirector";

    /// <summary>Those of a new instance.</summary>
    public static Dictionary<string, string> OfInstance(ApexRecoveryPlan plan, string operationId) => new(plan.Tags, StringComparer.Ordinal)
    {
        [Apex] = plan.PublicIp,
        [Operation] = operationId,
        [Config] = plan.ConfigChecksum ?? "",
    };
}
