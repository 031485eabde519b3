"""python-telegram-bot on the trial without HTTP: for tests where speed counts."""

from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram._utils.types import ODVInput
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.trial.calling import Broken, answer
from bot.trial.files import Upload
from bot.trial.params import Params
from bot.trial.world import World


class DirectRequest(BaseRequest):
    """Give one as `request` and one as `get_updates_request`; any base_url will do."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = DEFAULT_NONE,
        write_timeout: ODVInput[float] = DEFAULT_NONE,
        connect_timeout: ODVInput[float] = DEFAULT_NONE,
        pool_timeout: ODVInput[float] = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        _, _, rest = url.partition("/file/bot" if "/file/bot" in url else "/bot")
        token, _, name = rest.partition("/")
        if "/file/bot" in url:
            stored = self._world.files.at_path(name)
            return (200, stored.upload.data) if stored else (404, b"{}")
        params = Params()
        if request_data is not None:
            files = {
                key: Upload(
                    str(given[0]), str(given[2]), given[1] if isinstance(given[1], bytes) else given[1].read()
                )
                for key, given in request_data.multipart_data.items()
            }
            params = Params(request_data.json_parameters, files)
        try:
            given_back = await answer(self._world, token, name, params)
        except Broken as error:
            raise NetworkError("the connection broke") from error
        return given_back.status, given_back.body.encode()
