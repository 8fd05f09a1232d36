using System.Globalization;
using Amazon.Runtime.Internal;

namespace HostingOps.Aws.Wire;

/// <summary>The parameters of EC2's query protocol: nested members are dotted, list items numbered from 1.</summary>
internal sealed class QueryForm(ParameterCollection parameters, string prefix = "")
{
    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            parameters.Add(prefix + name, value);
        }
    }

    public void Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, bool? value) => Add(name, value switch { null => null, true => "true", false => "false" });

    public void AddList(string name, List<string>? values)
    {
        for (var index = 0; index < (values?.Count ?? 0); index++)
        {
            Add(Numbered(name, index), values![index]);
        }
    }

    public void AddList<T>(string name, List<T>? values, Action<QueryForm, T> write)
    {
        for (var index = 0; index < (values?.Count ?? 0); index++)
        {
            write(new QueryForm(parameters, prefix + Numbered(name, index) + "."), values![index]);
        }
    }

    public void AddNested<T>(string name, T? value, Action<QueryForm, T> write)
        where T : class
    {
        if (value is not null)
        {
            write(new QueryForm(parameters, prefix + name + "."), value);
        }
    }

    private static string Numbered(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}.{index + 1}");
}
