using System.Diagnostics.CodeAnalysis;

namespace Amazon.Route53.Wire;

/// <summary>The API puts a path in front of ids (<c>/hostedzone/Z1</c>, <c>/change/C1</c>); callers never see it, and may send it.</summary>
internal static class Route53Id
{
    [return: NotNullIfNotNull(nameof(id))]
    public static string? Strip(string? id) => id is null ? null : id[(id.LastIndexOf('/') + 1)..];
}
