using System.Text.RegularExpressions;

namespace HostingOps.Engine.Apex.Instances;

/// <summary>The processor architecture of an instance type, by AWS's naming of types.</summary>
internal static partial class InstanceTypeArchitecture
{
    /// <summary><c>arm64</c> or <c>x86_64</c>, as images name it.</summary>
    /// <param name="instanceType">For example <c>t4g.micro</c>.</param>
    /// <exception cref="HostingException">InvalidArgument: not the name of a type, or one without a server's Linux (mac).</exception>
    public static string Of(string instanceType)
    {
        var name = Name().Match(instanceType);
        if (!name.Success || name.Groups["series"].Value == "mac")
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                instanceType,
                $"'{instanceType}' is not an instance type that a redirector can run on; one like t3.micro or t4g.micro is expected.");
        }

        // A g among the letters after the generation stands for Graviton (t4g, m7gd, c6gn, im4gn); a1 came before that rule.
        return name.Groups["attributes"].Value.Split('-')[0].Contains('g', StringComparison.Ordinal)
            || (name.Groups["series"].Value == "a" && name.Groups["generation"].Value == "1") ? "arm64" : "x86_64";
    }

    [GeneratedRegex(@"^(?<series>[a-z]+(-[a-z0-9]+)?)(?<generation>[0-9]+)(?<attributes>[a-z]*(-[a-z0-9]+)*)\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9a-z]+)*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
