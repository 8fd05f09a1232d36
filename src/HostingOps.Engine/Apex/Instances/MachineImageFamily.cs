namespace HostingOps.Engine.Apex.Instances;

/// <summary>
/// A distribution's release on EC2: who publishes its images, and what they are called there. The owner's account id is what
/// makes an image trustworthy: anybody may publish a public image under any name (docs/decisions/0013-machine-images.md).
/// </summary>
/// <param name="Name">How it is written in settings, for example <c>debian-13</c>.</param>
/// <param name="OwnerId">The publisher's account in the standard partition.</param>
/// <param name="NamePattern">The images' name, with {0} for <c>amd64</c> or <c>arm64</c>.</param>
internal sealed record MachineImageFamily(string Name, string OwnerId, string NamePattern)
{
    private const string Debian = "136693071363";
    private const string Canonical = "099720109477";

    /// <summary>The one that is used unless another is asked for.</summary>
    public static MachineImageFamily Default => Known[0];

    /// <summary>All, the preferred first.</summary>
    public static IReadOnlyList<MachineImageFamily> Known { get; } =
    [
        new("debian-13", Debian, "debian-13-{0}-*"),
        new("debian-12", Debian, "debian-12-{0}-*"),
        new("ubuntu-24.04", Canonical, "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{0}-server-*"),
        new("ubuntu-22.04", Canonical, "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-{0}-server-*"),
    ];

    /// <summary>The family of that name.</summary>
    /// <exception cref="HostingException">InvalidArgument, with the names there are.</exception>
    public static MachineImageFamily Named(string name) =>
        Known.FirstOrDefault(family => string.Equals(family.Name, name, StringComparison.OrdinalIgnoreCase)) ?? throw new HostingException(
            ErrorIds.InvalidArgument,
            HostingErrorCategory.InvalidArgument,
            name,
            $"'{name}' is no machine image; expected an id (ami-...) or one of {string.Join(", ", Known.Select(static family => family.Name))}.");

    /// <summary>The name pattern for an architecture as EC2 names it.</summary>
    public string PatternFor(string architecture) =>
        NamePattern.Replace("{0}", architecture == "arm64" ? "arm64" : "amd64", StringComparison.Ordinal);
}
