using System.IO.Enumeration;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>Applies the Filter parameters of a Describe call: all filters must fit, one value of each is enough, <c>*</c> and <c>?</c> are wildcards.</summary>
internal static class Ec2Filters
{
    /// <summary>Keeps what fits.</summary>
    /// <param name="items">What is described.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="field">An item's value under a filter name, or null when it has none.</param>
    /// <param name="known">The filter names that the action knows, besides <c>tag:</c>.</param>
    /// <exception cref="ApiException">InvalidParameterValue: a filter that the sandbox does not know; silence would give wrong answers.</exception>
    public static IEnumerable<T> Apply<T>(
        IEnumerable<T> items,
        IReadOnlyList<(string Name, IReadOnlyList<string> Values)> filters,
        Func<T, string, string?> field,
        IReadOnlyList<string> known)
    {
        foreach (var (name, _) in filters)
        {
            if (!known.Contains(name) && !name.StartsWith("tag:", StringComparison.Ordinal))
            {
                throw new ApiException(400, "InvalidParameterValue", $"The filter '{name}' is invalid");
            }
        }

        return items.Where(item => filters.All(filter => field(item, filter.Name) is { } value
            && filter.Values.Any(wanted => FileSystemName.MatchesSimpleExpression(wanted, value, ignoreCase: false))));
    }
}
