using System.Collections;
using System.Management.Automation;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>
/// Site names from strings, from <see cref="HostedSite"/>s and from hashtables that name a site, and from nothing else:
/// without it PowerShell would turn any object of the pipeline, a sandbox say, into a site's name by its ToString.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SiteNameTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Keys = ["SiteName", "Name", "Site"];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Unwrap(inputData);
        return value switch
        {
            null => null,
            string or HostedSite or IDictionary => NameOf(inputData),
            IEnumerable many => many.Cast<object?>().Select(NameOf).ToArray(),
            _ => NameOf(inputData),
        };
    }

    private static string? NameOf(object? item)
    {
        var value = Unwrap(item);
        return value switch
        {
            null => null,
            string name => name,
            HostedSite site => site.Name,
            IDictionary map when Keys.FirstOrDefault(map.Contains) is { } key => NameOf(map[key]),

            // Still wrapped, it is the text as it was typed: a site may be called 007.
            ValueType and IConvertible => LanguagePrimitives.ConvertTo<string>(item),

            // This type of exception lets the binder go on and try the object's properties.
            _ => throw new PSInvalidCastException($"A site's name is expected, not an object of type {value.GetType().FullName}."),
        };
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
