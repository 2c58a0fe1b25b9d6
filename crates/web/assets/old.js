// For browsers too old for modules: they can't read on the device, so the way over the server is shown.
(function () {
  document.documentElement.className += " old";
  var way = document.getElementById("server-way");
  if (way) way.hidden = false;
})();
