using System.Net;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>How the redirects are tested.</summary>
public sealed record ApexRedirectTestOptions
{
    /// <summary>The address that is asked, whatever the DNS says; null for the inventory's Elastic IP.</summary>
    public string? Address { get; init; }

    /// <summary>By <c>address:port</c>: where connections go instead of where the inventory's <c>apex.connectTo</c> leads them.</summary>
    public IReadOnlyDictionary<string, string> ConnectTo { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the names are asked for over http. Default true.</summary>
    public bool Http { get; init; } = true;

    /// <summary>Whether the names are asked for over https. Default true; false while there are no certificates yet.</summary>
    public bool Https { get; init; } = true;

    /// <summary>Whether the public DNS is asked where it sends visitors. Default true.</summary>
    public bool CheckDns { get; init; } = true;

    /// <summary>The resolvers to ask, best one first; empty for the system's.</summary>
    public IReadOnlyList<IPEndPoint> NameServers { get; init; } = [];

    /// <summary>Names under test at once, 1 or more. Default 32.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>Time for one request, TLS included. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The names that are tested; null for all.</summary>
    public IReadOnlySet<string>? Hosts { get; init; }

    /// <summary>The instance that must answer, or null. An answer that names another one is wrong, whatever it says.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Whether an answer must name <see cref="InstanceId"/>: false while it is not known whether that instance names itself.</summary>
    public bool MustNameInstance { get; init; }

    /// <summary>The activity that the test is a part of, or null.</summary>
    internal string? ParentActivity { get; init; }

    /// <summary>
    /// What is asked for, each with its query: by default a path and a query full of what gets lost on the way, and an empty
    /// query. The next one is asked for only when the one before arrived.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = [UnusualTarget, EmptyQueryTarget];

    /// <summary>Percent-encoded slashes, spaces, umlauts and reserved characters, in a path and in a query.</summary>
    public const string UnusualTarget = "/hostingops%20check/a%2Fb;v=1/%C3%BC/?a=b&c=%2F&d=x+y&e=&f=%26";

    /// <summary>A query without content.</summary>
    public const string EmptyQueryTarget = "/hostingops-check?";
}
