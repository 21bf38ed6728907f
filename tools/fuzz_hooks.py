# What schemathesis has to be told of agrovet's API: how tus sends bytes.
import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def pieces(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode()
