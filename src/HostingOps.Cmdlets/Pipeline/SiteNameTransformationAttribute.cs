using System.Collections;
using System.Management.Automation;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>
/// Site names from strings and from <see cref="HostedSite"/>s, and from nothing else: without it PowerShell would turn
/// any object of the pipeline, a sandbox say, into a site's name by its ToString.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SiteNameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Unwrap(inputData);
        return value switch
        {
            null => null,
            string or HostedSite => NameOf(value),
            IEnumerable many => many.Cast<object?>().Select(item => NameOf(Unwrap(item))).ToArray(),
            _ => NameOf(value),
        };
    }

    private static string? NameOf(object? value) => value switch
    {
        null => null,
        string name => name,
        HostedSite site => site.Name,
        ValueType number when number is IConvertible => LanguagePrimitives.ConvertTo<string>(number),

        // This type of exception lets the binder go on and try the object's properties.
        _ => throw new PSInvalidCastException($"A site's name is expected, not an object of type {value.GetType().FullName}."),
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
