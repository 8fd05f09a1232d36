using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace HostingOps;

/// <summary>
/// Places by port. Not an <see cref="IDictionary"/>, because ConvertTo-Json refuses those whose keys are numbers; it writes
/// this as a list of keys and values.
/// </summary>
internal sealed class PortMap(IReadOnlyDictionary<int, string> places) : IReadOnlyDictionary<int, string>
{
    public int Count => places.Count;

    public IEnumerable<int> Keys => places.Keys;

    public IEnumerable<string> Values => places.Values;

    public string this[int key] => places[key];

    public bool ContainsKey(int key) => places.ContainsKey(key);

    public bool TryGetValue(int key, [MaybeNullWhen(false)] out string value) => places.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<int, string>> GetEnumerator() => places.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
