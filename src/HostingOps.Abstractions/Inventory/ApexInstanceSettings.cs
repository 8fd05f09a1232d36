namespace HostingOps;

/// <summary>The EC2 instance that replaces a lost redirector.</summary>
public sealed record ApexInstanceSettings
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = new Dictionary<string, string>();

    /// <summary>What holds when the inventory says nothing.</summary>
    public static ApexInstanceSettings Default { get; } = new();

    /// <summary>Instance type, for example <c>t3.micro</c>, or null.</summary>
    public string? Type { get; init; }

    /// <summary>Key pair, or null.</summary>
    public string? KeyName { get; init; }

    /// <summary>Name or id of the security group, or null.</summary>
    public string? SecurityGroup { get; init; }

    /// <summary>Ids of subnets, best one first: the next is taken when an availability zone has failed. Empty leaves it to EC2.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>
    /// <c>debian-12</c>, <c>debian-13</c>, <c>ubuntu-22.04</c> or <c>ubuntu-24.04</c> for the newest image of that release, or an
    /// image's id. Default <c>debian-13</c>.
    /// </summary>
    public string Image { get; init; } = "debian-13";

    /// <summary>Name of the instance profile, whose role the instance has, or null.</summary>
    public string? Profile { get; init; }

    /// <summary>The account that ssh logs in to, or null for the image's own: see <see cref="LoginUser"/>.</summary>
    public string? User { get; init; }

    /// <summary>Programs with their arguments that run at the first boot, before nginx starts: to fetch certificates, say.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Setup { get; init; } = [];

    /// <summary>Tags besides those that HostingOps sets.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = NoTags;

    /// <summary><see cref="User"/>, or the account that the image has: <c>ubuntu</c> on Ubuntu, else <c>admin</c>.</summary>
    public string LoginUser => User ?? (Image.StartsWith("ubuntu-", StringComparison.Ordinal) ? "ubuntu" : "admin");

    /// <inheritdoc/>
    public override string ToString() => Type is null ? Image : $"{Type}, {Image}";
}
