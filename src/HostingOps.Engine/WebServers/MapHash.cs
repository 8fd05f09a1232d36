using System.Numerics;

namespace HostingOps.Engine.WebServers;

/// <summary>
/// Sizes of nginx's hash for a map of so many names. Too small a bucket and nginx does not start; too small a table and it warns,
/// and looks long for one that fits.
/// </summary>
/// <param name="MaxSize">Buckets, at most: <c>map_hash_max_size</c>.</param>
/// <param name="BucketSize">Bytes of a bucket, at most: <c>map_hash_bucket_size</c>.</param>
internal readonly record struct MapHash(int MaxSize, int BucketSize)
{
    private const int CacheLine = 64;
    private const int Pointer = 8;
    private const int LeastBucket = 256;
    private const int LeastSize = 2048;

    /// <summary>For maps of mirrors, whose generations bring names that nobody knows yet.</summary>
    public static readonly MapHash OfMirrors = new(65536, 4096);

    public static MapHash For(int count, int longestName)
    {
        // An element is a pointer, a length and the name, aligned; a bucket ends with a pointer. Two of the longest fit.
        var element = Pointer + Align(longestName + 2, Pointer);
        var bucket = Math.Max(LeastBucket, Align((2 * element) + Pointer, CacheLine));
        return new MapHash(Math.Max(LeastSize, (int)BitOperations.RoundUpToPowerOf2((uint)count * 2)), bucket);
    }

    /// <summary>Large enough for both.</summary>
    public MapHash With(MapHash other) => new(Math.Max(MaxSize, other.MaxSize), Math.Max(BucketSize, other.BucketSize));

    private static int Align(int number, int to) => (number + to - 1) / to * to;
}
